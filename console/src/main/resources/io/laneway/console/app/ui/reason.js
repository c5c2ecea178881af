/** Why a request was served by a lane, in words beside the word of the API. */
import {html} from '../lib/html.js';
import {known as text} from '../lib/i18n.js';

/** @param {{reason?: string}} props */
export const Reason = ({reason}) => html`<code class="reason" title=${text(`reason.${reason}`) || undefined}>${reason}</code>`;

/** The sentence of a reason; nothing for that of a newer server. @param {{reason?: string}} props */
export const Why = ({reason}) => text(`reason.${reason}`) && html`<p class="faint">${text(`reason.${reason}`)}</p>`;
