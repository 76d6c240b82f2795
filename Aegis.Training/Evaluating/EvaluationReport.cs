using Aegis.Training.Searching;

namespace Aegis.Training.Evaluating;

/// <summary>What an evaluation found.</summary>
internal sealed record EvaluationReport
{
    /// <summary>What was asked for.</summary>
    public required EvaluateOptions Options { get; init; }

    /// <summary>The days and payments that the figures are about.</summary>
    public required SplitSummary Split { get; init; }

    /// <summary>Inputs, forest and weights of the models that were judged.</summary>
    public required ModelChoice Choice { get; init; }

    /// <summary>How the choice was found; null where nothing was searched for.</summary>
    public SearchReport? Search { get; init; }

    /// <summary>The detectors and the two rules without a model.</summary>
    public required RankedModels Models { get; init; }

    /// <summary>Variants of the detectors and textbook methods; empty where they were not asked for.</summary>
    public IReadOnlyList<EvaluationResult> Baselines { get; init; } = [];

    /// <summary>The kinds of fraud among the payments judged; empty where the labels name none.</summary>
    public required IReadOnlyList<ScenarioCount> Scenarios { get; init; }

    /// <summary>Forests on other inputs; empty where they were not asked for.</summary>
    public IReadOnlyList<AblationLine> Ablation { get; init; } = [];

    /// <summary>Models fitted on more or fewer frauds; empty where they were not asked for.</summary>
    public IReadOnlyList<ContaminationLine> Contamination { get; init; } = [];

    /// <summary>All models that were judged, in the order of a report.</summary>
    public IReadOnlyList<EvaluationResult> AllModels => [.. Models.All, .. Baselines];
}
