namespace Aegis.Core.Features;

/// <summary>The side on which a feature's deviation is suspicious. Models see only that side of a one-sided feature.</summary>
public enum SuspiciousSide : byte
{
    /// <summary>Neither side: the value describes the payment without accusing it.</summary>
    None,

    /// <summary>Values above the usual.</summary>
    High,

    /// <summary>Values below the usual.</summary>
    Low,

    /// <summary>Either side: the distance from the usual counts.</summary>
    Both,
}

/// <summary>How a feature enters models that are trained without a choice by replay.</summary>
public enum ModelRole : byte
{
    /// <summary>Not at all. It is stored and shown, and a replay may choose it.</summary>
    Stored,

    /// <summary>As one robustly scaled column, one-sided if a side is declared.</summary>
    Scaled,

    /// <summary>As <see cref="Scaled"/> where it is not the same in all training rows; otherwise not at all.</summary>
    WhereSeen,

    /// <summary>As one 0/1 column for each value. The feature holds the value's index.</summary>
    OneHot,
}

/// <summary>What a feature is computed from.</summary>
public enum FeatureSource : byte
{
    /// <summary>The payment alone.</summary>
    Payment,

    /// <summary>The payment against its card's history, shrunk to the population if the history is short.</summary>
    Card,

    /// <summary>What is known of the merchant over all shards.</summary>
    Merchant,

    /// <summary>What is usual over all cards.</summary>
    Population,

    /// <summary>What became known of earlier payments.</summary>
    Labels,
}

/// <summary>One feature: the contract between extractor, models, explanations and documentation.</summary>
/// <param name="Feature">The feature that it defines, which is the value's place in the feature vector.</param>
/// <param name="Name">A stable machine name in snake_case; part of the schema hash.</param>
/// <param name="Unit">The unit of the stored value, for example <c>ln(1 + EUR)</c>.</param>
/// <param name="Group">Amount, velocity, time, place, novelty, merchant, population, labels or kind.</param>
/// <param name="Source">What the feature is computed from.</param>
/// <param name="Side">The suspicious side.</param>
/// <param name="Role">How the feature enters models, unless a replay chooses otherwise.</param>
/// <param name="Meaning">The meaning of the value.</param>
/// <param name="Missing">The value if the feature's sources are missing; "never" if that cannot happen.</param>
/// <param name="Levels">The number of values of a one-hot feature; 0 otherwise.</param>
public sealed record FeatureDefinition(
    Feature Feature, string Name, string Unit, string Group, FeatureSource Source, SuspiciousSide Side, ModelRole Role, string Meaning,
    string Missing, int Levels = 0);
