using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Aegis.Benchmarks.EndToEnd;

/// <summary>Starts calls at fixed intervals, whether or not earlier ones have ended.</summary>
internal static partial class OpenLoop
{
    /// <summary>Starts calls at a rate and waits for all of them.</summary>
    /// <param name="count">Number of calls.</param>
    /// <param name="rate">Calls a second.</param>
    /// <param name="call">Gets the call's number and the moment it was due (<see cref="Stopwatch"/> timestamp), from
    /// which latency counts.</param>
    public static async Task RunAsync(int count, double rate, Func<int, long, Task> call)
    {
        var tasks = new Task[count];
        // An own thread paces the calls: the pool's timers are accurate to a millisecond only.
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
