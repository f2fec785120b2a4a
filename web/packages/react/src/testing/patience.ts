import { configure } from '@testing-library/react';

/* A wait ends as soon as what it waits for is there. The library's own second is less than a busy machine may take. */
configure({ asyncUtilTimeout: 30_000 });
