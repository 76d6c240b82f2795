using Aegis.TestRig;

namespace Aegis.Benchmarks;

/// <summary>Figures of <c>bench kernel</c>, all of one run, one thread.</summary>
/// <param name="Trees">Trees of the forest.</param>
/// <param name="Nodes">Nodes of all trees.</param>
/// <param name="Inputs">What the models read.</param>
/// <param name="Lines">What was timed.</param>
/// <param name="Machine">What it was measured on.</param>
internal sealed record KernelResult(int Trees, int Nodes, int Inputs, IReadOnlyList<KernelLine> Lines, Machine Machine);

/// <summary>One way through the models.</summary>
/// <param name="Path">Its name.</param>
/// <param name="NsPerRow">The best pass.</param>
/// <param name="BytesPerRow">Allocated.</param>
internal sealed record KernelLine(string Path, double NsPerRow, long BytesPerRow);
