import type { Participant } from '@kit/client/index.ts';

const person = (id: string, name: string, isOnline = false, lastReadSeq = 0): Participant => ({
  id,
  name,
  isOnline,
  lastReadSeq,
});

export const mara = person('u-mara', 'Mara Lindqvist', true);
export const noor = person('u-noor', 'Noor Haddad', true);
export const suppliers = {
  anatolia: person('u-anatolia', 'Anatolia Textiles', true),
  kumasi: person('u-kumasi', 'Kumasi Cocoa Cooperative'),
  shenzhen: person('u-shenzhen', 'Shenzhen Brightway Lighting Co., Ltd.', true),
  porto: person('u-porto', 'Porto Cork & Design'),
  long: person(
    'u-long',
    'Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft mbH & Co. KG',
  ),
  nile: person('u-nile', 'مؤسسة النيل للقطن المصري', true),
};
