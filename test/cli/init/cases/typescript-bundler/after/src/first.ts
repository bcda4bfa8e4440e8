import { isApiError, PetStore } from "./generated/store/index.js";

const store = new PetStore();

try {
  const pets = await store.pets.listPets();
  console.log(pets);
} catch (error) {
  if (!isApiError(error, "listPets")) throw error;
  console.error(error.status, error.body);
}
