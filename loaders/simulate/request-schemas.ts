import {z} from "zod";

const streamOptions = z
  .object({
    include_usage: z.boolean().nullish(),
    continuous_usage_stats: z.boolean().nullish()
  })
  .nullish();

const count = z.number().int();

const common = {
  model: z.string().nullish(),
  stream: z.boolean().nullish(),
  stream_options: streamOptions,
  max_tokens: count.nullish(),
  ignore_eos: z.boolean().default(false),
  n: count.nullish()
};

const contentPart = z.object({type: z.string(), text: z.string().optional()});

const message = z.object({
  role: z.string(),
  content: z
    .union([z.string(), z.array(contentPart)])
    .nullish()
    .transform((content) =>
      typeof content === "string" ? content : (content ?? []).map(({text}) => text ?? "").join("\n")
    )
});

const tool = z.object({type: z.literal("function"), function: z.object({name: z.string()})});

export const chatRequest = z.object({
  ...common,
  messages: z.array(message),
  max_completion_tokens: count.nullish(),
  tools: z.array(tool).nullish(),
  tool_choice: z.union([z.string(), z.object({function: z.object({name: z.string()})})]).nullish(),
  chat_template_kwargs: z.object({enable_thinking: z.boolean().optional()}).nullish()
});
export type ChatRequest = z.infer<typeof chatRequest>;

const prompt = z.union([z.string().min(1), z.array(count).min(1)]);

export const completionRequest = z.object({
  ...common,
  prompt: z.union([prompt.transform((alone) => [alone] as const), z.tuple([prompt], prompt)]),
  add_special_tokens: z.boolean().default(true)
});

export const tokenizeRequest = z.union([
  z.object({
    model: z.string().nullish(),
    prompt: z.string(),
    add_special_tokens: z.boolean().default(true),
    return_token_strs: z.boolean().nullish()
  }),
  z.object({
    model: z.string().nullish(),
    messages: z.array(message),
    add_generation_prompt: z.boolean().default(true),
    add_special_tokens: z.boolean().default(false),
    return_token_strs: z.boolean().nullish()
  })
]);

export const detokenizeRequest = z.object({
  model: z.string().nullish(),
  tokens: z.array(count.nonnegative())
});
