/** A topic that webhooks and event actions can give an event: `user/subject/verb`. */
export const userTopicPattern = /^user\/[^/\s+]+\/[^/\s+]+$/;

/** The topic of the event that follows an action run. Source of fact: Mechanic docs, "Responding to action results". */
export const performTopic = 'mechanic/actions/perform';
