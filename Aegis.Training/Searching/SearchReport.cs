using Aegis.MachineLearning.Choices;
using Aegis.Training.Evaluating;

namespace Aegis.Training.Searching;

/// <summary>What a search by replay tried and chose.</summary>
/// <param name="Days">The days that candidates were fitted and judged on.</param>
/// <param name="Choice">The choice.</param>
/// <param name="Steps">The steps, in order.</param>
internal sealed record SearchReport(SplitSummary Days, ModelChoice Choice, IReadOnlyList<SearchStep> Steps);
