using Aegis.Datasets.Simulation;

namespace Aegis.Training.Generating;

/// <summary>The data set to make.</summary>
/// <param name="Path">The file to write, as gzip if it ends in <c>.gz</c>.</param>
/// <param name="Simulation">The simulated world.</param>
/// <param name="Start">The first day.</param>
/// <param name="Days">The number of days, 1 to 3,650.</param>
internal sealed record GenerateOptions(string Path, SimulationOptions Simulation, DateOnly Start, int Days);
