/** n8n logs through its own logger, which reads this when it is first asked for. */
process.env.N8N_LOG_LEVEL = 'silent';
