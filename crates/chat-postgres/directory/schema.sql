create schema haggle;
