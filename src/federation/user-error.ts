import "reflect-metadata";
import { Directive, Field, ObjectType, registerEnumType } from "type-graphql";

/** Why an input was refused. */
export enum UserErrorCode {
  INVALID = "INVALID",
  NOT_FOUND = "NOT_FOUND",
  CONFLICT = "CONFLICT",
  NOT_ALLOWED = "NOT_ALLOWED",
  TOO_MANY = "TOO_MANY",
}

registerEnumType(UserErrorCode, {
  name: "UserErrorCode",
  description: "Why an input was refused.",
  valuesConfig: {
    INVALID: { description: "A value is out of range, of the wrong form, or does not go with another one." },
    NOT_FOUND: { description: "Something that is named is not there, or not yours to see: the two are not told apart." },
    CONFLICT: { description: "It goes against what is written already, such as a name that is taken." },
    NOT_ALLOWED: { description: "You see it, but may not do this to it." },
    TOO_MANY: { description: "A list is longer than it may be." },
  },
});

/** One fault of a mutation's input. */
@Directive("@shareable")
@ObjectType({ description: "One fault of an input. All faults that can be told are told at once." })
export class UserError {
  @Field(() => UserErrorCode, { description: "Which kind of fault it is." })
  code!: UserErrorCode;

  @Field({ description: "What was expected, and what was got." })
  message!: string;

  @Field(() => [String], {
    description: 'Where in the input, such as `["scores", "3", "raw"]`; list places count from 0. Empty: the whole of it.',
  })
  path!: string[];
}
