using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Aegis.Benchmarks.EndToEnd;

/// <summary>Begins calls at fixed intervals, whatever became of the earlier ones.</summary>
internal static partial class OpenLoop
{
    /// <summary>Runs so many calls at a rate and waits for all of them.</summary>
    /// <param name="count">How many.</param>
    /// <param name="rate">A second.</param>
    /// <param name="call">Gets its number and the moment it was due (<see cref="Stopwatch"/> timestamp): latency counts from there.</param>
    public static async Task RunAsync(int count, double rate, Func<int, long, Task> call)
    {
        var tasks = new Task[count];
        // A thread of its own: the pool's timers are a millisecond coarse.
        var pacing = new Thread(() =>
        {
            var start = Stopwatch.GetTimestamp();
            for (var i = 0; i < count; i++)
            {
                var number = i;
                var due = start + (long)(i / rate * Stopwatch.Frequency);
                SleepUntil(due);
                tasks[i] = Task.Run(() => call(number, due));
            }
        });
        pacing.Start();
        await Task.Run(pacing.Join);
        await Task.WhenAll(tasks);
    }

    private static void SleepUntil(long due)
    {
        while (due - Stopwatch.GetTimestamp() is > 0 and var ticks)
        {
            var nanoseconds = ticks * (1_000_000_000 / Stopwatch.Frequency);
            _ = Sleep(new TimeSpec(nanoseconds / 1_000_000_000, nanoseconds % 1_000_000_000), 0);
        }
    }

    [LibraryImport("libc", EntryPoint = "nanosleep")]
    private static partial int Sleep(in TimeSpec request, nint remaining);

    private readonly record struct TimeSpec(long Seconds, long Nanoseconds);
}
