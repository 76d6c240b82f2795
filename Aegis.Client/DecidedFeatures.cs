using Aegis.Core.Decisions;

namespace Aegis.Client;

/// <summary>A stored decision for analysis: a line of <c>GET /features/export</c>.</summary>
public sealed record DecidedFeatures
{
    /// <summary>The transaction's id.</summary>
    public required string Id { get; init; }

    /// <summary>The card's token.</summary>
    public required string CardToken { get; init; }

    /// <summary>When the payment took place, UTC.</summary>
    public required DateTimeOffset EventTime { get; init; }

    /// <summary>The outcome.</summary>
    public required DecisionOutcome Outcome { get; init; }

    /// <summary>The scores, as they were decided by.</summary>
    public required Assessment Assessment { get; init; }

    /// <summary>The model that decided.</summary>
    public required string ModelVersion { get; init; }

    /// <summary>Identifies the features and their order.</summary>
    public required string SchemaHash { get; init; }

    /// <summary>The last verdict known at the time asked for; null if there was none.</summary>
    public bool? IsFraud { get; init; }

    /// <summary>When that verdict became known, UTC; null if there was none.</summary>
    public DateTimeOffset? LabelKnownAt { get; init; }

    /// <summary>The feature vector, as it was decided by.</summary>
    public required IReadOnlyList<float> Features { get; init; }
}
