import { mailsTo as mailsInHouse, textsTo as textsInHouse } from '../../sandbox/src/outbox';
import type { SentMail } from '../../sandbox/simulators/sendgrid';
import { theHouse } from './house';

/** Who hears of what goes on in the salon, as tests set it up. */
export const OWNER = { alertEmail: 'owner@nova.example', alertPhone: '+48601000001', alertLanguage: 'en' };

/** E-mails that somebody got, oldest first. */
export const mailsTo = (email: string): SentMail[] => mailsInHouse(theHouse(), email);

/** Texts of the messages that a phone got by SMS, oldest first. */
export const textsTo = (phone: string): string[] => textsInHouse(theHouse(), phone);
