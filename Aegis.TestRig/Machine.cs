using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;

namespace Aegis.TestRig;

/// <summary>The machine that a figure was measured on. It stands beside every figure.</summary>
internal sealed record Machine(string Processor, int Cores, double MemoryGiB, string System, string Runtime, string Redis)
{
    /// <summary>This machine.</summary>
    public static Machine Here() => new(
        Line("/proc/cpuinfo", "model name"), Environment.ProcessorCount, Math.Round(
            GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / (double)(1 << 30), 1),
        RuntimeInformation.OSDescription, RuntimeInformation.FrameworkDescription, RedisVersion());

    /// <summary>The mean number of processes that ran, or were ready to run, over the last five minutes.</summary>
    public static double LoadOfFiveMinutes() => double.Parse(File.ReadAllText("/proc/loadavg").Split(' ')[1], CultureInfo.InvariantCulture);

    private static string Line(string file, string name) =>
        File.Exists(file) && File.ReadLines(file).FirstOrDefault(line => line.StartsWith(name, StringComparison.Ordinal)) is { } line
            ? line[(line.IndexOf(':') + 1)..].Trim()
            : "unknown";

    private static string RedisVersion()
    {
        using var process = Process.Start(new ProcessStartInfo("redis-server", ["--version"]) { RedirectStandardOutput = true })!;
        return process.StandardOutput.ReadToEnd().Trim();
    }
}
