using Aegis.Datasets.Simulation;

namespace Aegis.Training.Generating;

/// <summary>Which data set is made.</summary>
/// <param name="Path">The file to write, gzip where it ends in <c>.gz</c>.</param>
/// <param name="Simulation">The simulated world.</param>
/// <param name="Start">The first day.</param>
/// <param name="Days">How many days, 1 to 3,650.</param>
internal sealed record GenerateOptions(string Path, SimulationOptions Simulation, DateOnly Start, int Days);
