namespace Aegis.Training.Evaluating;

/// <summary>The number of judged frauds of a kind.</summary>
/// <param name="Name">The name of the kind in the labels.</param>
/// <param name="Frauds">The number of payments of that kind.</param>
internal readonly record struct ScenarioCount(string Name, int Frauds);
