using System.Runtime.InteropServices;

namespace Aegis.Training.Tables;

/// <summary>The machine that a benchmark ran on.</summary>
/// <param name="Os">The operating system.</param>
/// <param name="Runtime">The .NET runtime.</param>
/// <param name="Cores">The number of logical processors.</param>
internal sealed record Machine(string Os, string Runtime, int Cores)
{
    /// <summary>The machine that this process runs on.</summary>
    public static Machine Current =>
        new(RuntimeInformation.OSDescription, RuntimeInformation.FrameworkDescription, Environment.ProcessorCount);
}
