/** Who the template database knows; every test file starts with them. */
export const robin = {
  email: 'robin@brightside.example',
  password: 'correct-horse-battery-staple',
  apiKey: 'uh_test_robin_3Jk9sW2mQv7bXz',
} as const;

/** The second customer, whose things Robin must never see, and who must never see Robin's. */
export const casey = {
  email: `rival-${robin.email}`,
  password: robin.password,
  apiKey: 'uh_test_casey_8Rt4nY6pLd1cGh',
} as const;
