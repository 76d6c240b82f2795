namespace Aegis.Training.Evaluating;

/// <summary>How many frauds of a kind were judged.</summary>
/// <param name="Name">The kind, as the labels call it.</param>
/// <param name="Frauds">Payments of that kind.</param>
internal readonly record struct ScenarioCount(string Name, int Frauds);
