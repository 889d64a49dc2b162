import { Field, Float, InputType, Int } from "type-graphql";
import { DateTime } from "../../federation/scalars";

@InputType({ description: "A closed range of whole numbers. An end that is left out is open." })
export class IntRange {
  @Field(() => Int, { nullable: true, description: "The smallest number that matches." })
  min?: number | null;

  @Field(() => Int, { nullable: true, description: "The largest number that matches." })
  max?: number | null;
}

@InputType({ description: "A closed range of numbers. An end that is left out is open." })
export class FloatRange {
  @Field(() => Float, { nullable: true, description: "The smallest number that matches." })
  min?: number | null;

  @Field(() => Float, { nullable: true, description: "The largest number that matches." })
  max?: number | null;
}

@InputType({ description: "A closed range of instants. An end that is left out is open." })
export class DateTimeRange {
  @Field(() => DateTime, { nullable: true, description: "The earliest instant that matches; a date means its first instant in UTC." })
  from?: Date | null;

  @Field(() => DateTime, { nullable: true, description: "The latest instant that matches; a date means its last instant in UTC." })
  to?: Date | null;
}

/** True if the number lies in the range, ends included. An unknown number (null, NaN) lies in no range, not even an open one (§7). */
export const isWithin = (value: number | null, { min, max }: FloatRange | IntRange): boolean =>
  value !== null && !Number.isNaN(value) && value >= (min ?? -Infinity) && value <= (max ?? Infinity);
