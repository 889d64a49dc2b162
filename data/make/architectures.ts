/** A known kind of network that synthetic models are named after. Counts are rounded figures of the kind, not of any one model. */
export interface Architecture {
  readonly name: string;
  readonly family: string;
  readonly kind: "convolutional" | "transformer" | "recurrent";
  readonly parameters: number;
  readonly layers: number;
  /** Year of the first month from which models of it are submitted. */
  readonly since: number;
  /** How well such models tend to do, in standard deviations. */
  readonly strength: number;
  /** Layers that tend to stand for V1, V2, V4, IT. */
  readonly regions: readonly [string, string, string, string];
}

const convolutional = ["layer1", "layer2", "layer3", "layer4"] as const;
const features = ["features.2", "features.5", "features.8", "features.12"] as const;
const stages = ["stages.0", "stages.1", "stages.2", "stages.3"] as const;
const blocks = ["blocks.2", "blocks.4", "blocks.7", "blocks.11"] as const;

const architecture = (
  name: string,
  family: string,
  kind: Architecture["kind"],
  [parameters, layers, since, strength]: readonly [number, number, number, number],
  regions: Architecture["regions"],
): Architecture => ({ name, family, kind, parameters, layers, since, strength, regions });

export const ARCHITECTURES: readonly Architecture[] = [
  architecture("alexnet", "alexnet", "convolutional", [61_100_000, 8, 2020, -0.6], features),
  architecture("vgg16", "vgg", "convolutional", [138_000_000, 16, 2020, 0], features),
  architecture("vgg19", "vgg", "convolutional", [144_000_000, 19, 2020, 0], features),
  architecture("resnet18", "resnet", "convolutional", [11_700_000, 18, 2020, 0], convolutional),
  architecture("resnet34", "resnet", "convolutional", [21_800_000, 34, 2020, 0.1], convolutional),
  architecture("resnet50", "resnet", "convolutional", [25_600_000, 50, 2020, 0.3], convolutional),
  architecture("resnet101", "resnet", "convolutional", [44_500_000, 101, 2020, 0.3], convolutional),
  architecture("resnet152", "resnet", "convolutional", [60_200_000, 152, 2020, 0.3], convolutional),
  architecture("resnext50", "resnet", "convolutional", [25_000_000, 50, 2020, 0.2], convolutional),
  architecture("densenet121", "densenet", "convolutional", [8_000_000, 121, 2020, 0.1], features),
  architecture("densenet201", "densenet", "convolutional", [20_000_000, 201, 2020, 0.2], features),
  architecture("mobilenetv2", "mobilenet", "convolutional", [3_500_000, 53, 2020, -0.3], features),
  architecture("squeezenet", "squeezenet", "convolutional", [1_250_000, 18, 2020, -0.7], features),
  architecture("efficientnetb0", "efficientnet", "convolutional", [5_300_000, 82, 2020, -0.2], blocks),
  architecture("efficientnetb3", "efficientnet", "convolutional", [12_200_000, 131, 2020, 0], blocks),
  architecture("cornets", "cornet", "recurrent", [53_400_000, 15, 2020, 0.4], ["V1", "V2", "V4", "IT"]),
  architecture("cornetrt", "cornet", "recurrent", [13_000_000, 10, 2020, -0.1], ["V1", "V2", "V4", "IT"]),
  architecture("vits16", "vit", "transformer", [22_100_000, 12, 2021, 0], blocks),
  architecture("vitb16", "vit", "transformer", [86_600_000, 12, 2021, 0.2], blocks),
  architecture("vitl16", "vit", "transformer", [304_000_000, 24, 2022, 0.2], ["blocks.3", "blocks.8", "blocks.14", "blocks.22"]),
  architecture("swint", "swin", "transformer", [28_300_000, 12, 2021, 0.1], stages),
  architecture("swinb", "swin", "transformer", [87_800_000, 24, 2022, 0.2], stages),
  architecture("convnextt", "convnext", "convolutional", [28_600_000, 59, 2022, 0.3], stages),
  architecture("convnextb", "convnext", "convolutional", [88_600_000, 113, 2022, 0.4], stages),
];

/** A way of training that synthetic models are named after. */
export interface Training {
  readonly name: string;
  /** What it was trained on; null for a network that was not trained. */
  readonly dataset: string | null;
  readonly task: string | null;
  /** Year from which it is met. */
  readonly since: number;
  /** How much better or worse such models tend to be at later regions and behaviour, and at V1, in standard deviations. */
  readonly later: number;
  readonly early: number;
  /** How often it is met, relative to the others. */
  readonly share: number;
}

export const TRAININGS: readonly Training[] = [
  { name: "in1k", dataset: "ImageNet-1k", task: "classification", since: 2020, later: 0.2, early: 0, share: 36 },
  { name: "in21k", dataset: "ImageNet-21k", task: "classification", since: 2021, later: 0.4, early: -0.1, share: 10 },
  {
    name: "robust",
    dataset: "ImageNet-1k",
    task: "classification under adversarial training",
    since: 2020,
    later: 0.5,
    early: 0.8,
    share: 12,
  },
  { name: "stylized", dataset: "Stylized ImageNet", task: "classification", since: 2020, later: 0, early: 0, share: 7 },
  { name: "contrastive", dataset: "ImageNet-1k", task: "self-supervised contrast", since: 2020, later: 0.2, early: 0.2, share: 12 },
  { name: "clip", dataset: "image and text pairs", task: "image and text matching", since: 2021, later: 0.3, early: 0, share: 8 },
  { name: "ecoset", dataset: "ecoset", task: "classification", since: 2021, later: 0.2, early: 0, share: 6 },
  { name: "untrained", dataset: null, task: null, since: 2020, later: -2.3, early: -0.5, share: 16 },
];
