using System.Diagnostics;

namespace Aegis.Benchmarks;

/// <summary>Times repeated work on one thread.</summary>
internal static class Passes
{
    /// <summary>The median time in seconds, after as many runs to warm up.</summary>
    public static double Median(int repeats, Action work)
    {
        var seconds = new double[repeats];
        for (var turn = -repeats; turn < repeats; turn++)
        {
            var started = Stopwatch.GetTimestamp();
            work();
            seconds[Math.Max(turn, 0)] = Stopwatch.GetElapsedTime(started).TotalSeconds;
        }

        return Median(seconds);
    }

    /// <summary>The middle one of an odd number of values.</summary>
    public static double Median(double[] values) => values.Order().ElementAt(values.Length / 2);

    /// <summary>Bytes that this thread allocates while it does the work.</summary>
    public static long BytesOf(Action work)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        work();
        return GC.GetAllocatedBytesForCurrentThread() - before;
    }
}
