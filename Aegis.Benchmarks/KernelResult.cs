using Aegis.TestRig;

namespace Aegis.Benchmarks;

/// <summary>Figures of <c>bench kernel</c>, all of one run, one thread.</summary>
/// <param name="Trees">Trees of the forest.</param>
/// <param name="Nodes">Nodes of all trees.</param>
/// <param name="Inputs">Inputs of the models.</param>
/// <param name="Lines">The timed paths.</param>
/// <param name="Machine">The machine that ran the benchmark.</param>
internal sealed record KernelResult(int Trees, int Nodes, int Inputs, IReadOnlyList<KernelLine> Lines, Machine Machine);

/// <summary>The time of one path through the models.</summary>
/// <param name="Path">The path's name.</param>
/// <param name="NsPerRow">Nanoseconds a row in the best pass.</param>
/// <param name="BytesPerRow">Bytes allocated a row.</param>
internal sealed record KernelLine(string Path, double NsPerRow, long BytesPerRow);
