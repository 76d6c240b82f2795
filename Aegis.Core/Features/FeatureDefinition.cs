namespace Aegis.Core.Features;

/// <summary>Which deviation of a feature is suspicious; models see only that side of a one-sided feature.</summary>
public enum SuspiciousSide : byte
{
    /// <summary>Neither: the value places the payment, it does not accuse it.</summary>
    None,

    /// <summary>Values above the usual.</summary>
    High,

    /// <summary>Values below the usual.</summary>
    Low,

    /// <summary>Either: the distance from the usual counts.</summary>
    Both,
}

/// <summary>How a feature enters the models that are trained without a choice by replay.</summary>
public enum ModelRole : byte
{
    /// <summary>Not at all: it is stored and shown, and a replay may choose it.</summary>
    Stored,

    /// <summary>As one robustly scaled column, one-sided where a side is declared.</summary>
    Scaled,

    /// <summary>As one 0/1 column per value; the feature holds the value's index.</summary>
    OneHot,
}

/// <summary>What a feature is computed from.</summary>
public enum FeatureSource : byte
{
    /// <summary>The payment alone.</summary>
    Payment,

    /// <summary>The payment against its card's history, shrunk to the population where it is short.</summary>
    Card,

    /// <summary>What is known of the merchant over all shards.</summary>
    Merchant,

    /// <summary>What is usual over all cards.</summary>
    Population,

    /// <summary>What became known of earlier payments.</summary>
    Labels,
}

/// <summary>One feature: the contract between extractor, models, explanations and documentation.</summary>
/// <param name="Feature">The member that it defines; says where its value stands in the feature vector.</param>
/// <param name="Name">Stable machine name in snake_case; part of the schema hash.</param>
/// <param name="Unit">The unit of the stored value, for example <c>ln(EUR)</c>.</param>
/// <param name="Group">Amount, velocity, time, place, novelty, merchant, population, labels or kind.</param>
/// <param name="Source">What it is computed from.</param>
/// <param name="Side">Which side is suspicious.</param>
/// <param name="Role">How it enters the models unless a replay chooses otherwise.</param>
/// <param name="Meaning">What the value says.</param>
/// <param name="Missing">The defined value where what it is computed from is missing; "never" where that cannot be.</param>
/// <param name="Levels">The number of values of a one-hot feature; 0 otherwise.</param>
public sealed record FeatureDefinition(
    Feature Feature, string Name, string Unit, string Group, FeatureSource Source, SuspiciousSide Side, ModelRole Role, string Meaning,
    string Missing, int Levels = 0);
