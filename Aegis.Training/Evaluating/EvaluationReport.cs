using Aegis.MachineLearning.Choices;
using Aegis.Training.Searching;

namespace Aegis.Training.Evaluating;

/// <summary>The results of an evaluation.</summary>
internal sealed record EvaluationReport
{
    /// <summary>The options of the evaluation.</summary>
    public required EvaluateOptions Options { get; init; }

    /// <summary>The days and payments that the figures are about.</summary>
    public required SplitSummary Split { get; init; }

    /// <summary>Inputs, forest and weights of the judged models.</summary>
    public required ModelChoice Choice { get; init; }

    /// <summary>How the choice was found; null if there was no search.</summary>
    public SearchReport? Search { get; init; }

    /// <summary>The detectors, and the two rules without a model.</summary>
    public required RankedModels Models { get; init; }

    /// <summary>Variants of the detectors and textbook methods; empty if nobody asked for them.</summary>
    public IReadOnlyList<EvaluationResult> Baselines { get; init; } = [];

    /// <summary>The kinds of fraud among the payments judged; empty if the labels name none.</summary>
    public required IReadOnlyList<ScenarioCount> Scenarios { get; init; }

    /// <summary>Forests on other inputs; empty if nobody asked for them.</summary>
    public IReadOnlyList<AblationLine> Ablation { get; init; } = [];

    /// <summary>Models fitted on stated shares of frauds; empty if nobody asked for them.</summary>
    public IReadOnlyList<ContaminationLine> Contamination { get; init; } = [];

    /// <summary>All judged models, in the order of a report.</summary>
    public IReadOnlyList<EvaluationResult> AllModels => [.. Models.All, .. Baselines];
}
