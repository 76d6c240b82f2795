using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text.Json;
using Aegis.Benchmarks.EndToEnd;
using Aegis.Core.Decisions;
using Aegis.TestRig;

namespace Aegis.Benchmarks.Forests;

/// <summary>Times of scikit-learn for the same work, on one thread; repeats in the order measured.</summary>
/// <param name="Version">scikit-learn's version.</param>
/// <param name="Nodes">Nodes of its forest.</param>
/// <param name="MeanScore">The mean anomaly score of the rows.</param>
/// <param name="FitSeconds">Seconds of each fit.</param>
/// <param name="PassSeconds">Seconds of each pass over all rows.</param>
/// <param name="SingleSeconds">Seconds of each call with one row.</param>
internal sealed record ScikitLearn(
    string Version, int Nodes, double MeanScore, double[] FitSeconds, double[] PassSeconds, double[] SingleSeconds)
{
    private const string Python = "/usr/bin/python3";

    /// <summary>Fits and scores the rows in a Python process.</summary>
    /// <returns>Null if scikit-learn is not installed, after a message that says how to install it.</returns>
    public static async Task<ScikitLearn?> MeasureAsync(float[] rows, int columns, int trees, int subsample, int repeats)
    {
        if (!File.Exists(Python) || (await RunAsync("-c", "import sklearn")).ExitCode != 0)
        {
            Report.Say($"scikit-learn is not installed for {Python}, so nothing is compared with it. Install it: ./aegis setup --bench, or on Debian: sudo apt-get install python3-sklearn");
            return null;
        }

        using var folder = new TemporaryFolder();
        var file = Path.Combine(folder.Path, "rows.f32");
        await File.WriteAllBytesAsync(file, MemoryMarshal.AsBytes(rows.AsSpan()).ToArray());
        var (exitCode, output, errors) = await RunAsync(
            Path.Combine(AppContext.BaseDirectory, "Forests", "scikit_learn_forest.py"), file, $"{columns}", $"{trees}", $"{subsample}",
            $"{repeats}");
        return exitCode == 0
            ? JsonSerializer.Deserialize<ScikitLearn>(output, AegisJson.Options)
            : throw new InvalidOperationException($"scikit-learn ended with {exitCode}: {errors}");
    }

    private static async Task<(int ExitCode, string Output, string Errors)> RunAsync(params string[] arguments)
    {
        var start = new ProcessStartInfo(Python, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        // One thread each: scikit-learn's matrix library would otherwise use all cores.
        foreach (var variable in new[] { "OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS" })
        {
            start.Environment[variable] = "1";
        }

        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, await output, await errors);
    }
}
