import ForgeReconciler, { Text } from '@forge/react';

ForgeReconciler.render(<Text>UserHero item</Text>);
