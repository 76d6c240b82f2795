using System.Collections.Concurrent;

namespace Aegis.Producer;

/// <summary>What operators ask of a running producer, from any thread: to pause, to send more, to begin a fraud.</summary>
internal sealed class ProducerControl : IDisposable
{
    /// <summary>The most payments that can be asked for and not yet sent.</summary>
    public const int MaxDemand = 100_000;

    private readonly ConcurrentQueue<string> _scenarios = new();
    private readonly SemaphoreSlim _demanded = new(0);
    private volatile TaskCompletionSource _running = Completed();
    private int _demand;

    /// <summary>True between <see cref="Pause"/> and <see cref="Resume"/>.</summary>
    public bool IsPaused => !_running.Task.IsCompleted;

    /// <summary>Nothing is sent from now on.</summary>
    public void Pause()
    {
        if (!IsPaused)
        {
            _running = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        }
    }

    /// <summary>Sending goes on.</summary>
    public void Resume() => _running.TrySetResult();

    /// <summary>Completes when nothing is paused.</summary>
    public Task WhilePausedAsync(CancellationToken cancel) => _running.Task.WaitAsync(cancel);

    /// <summary>Asks for payments beside the run's own, to be sent at once.</summary>
    /// <returns>False where more than <see cref="MaxDemand"/> would be waiting.</returns>
    public bool TryDemand(int payments)
    {
        if (Interlocked.Add(ref _demand, payments) > MaxDemand)
        {
            Interlocked.Add(ref _demand, -payments);
            return false;
        }

        _demanded.Release();
        return true;
    }

    /// <summary>Takes one demanded payment.</summary>
    public bool TryTakeDemand()
    {
        if (Volatile.Read(ref _demand) == 0)
        {
            return false;
        }

        Interlocked.Decrement(ref _demand);
        return true;
    }

    /// <summary>Asks for a fraud of a kind; its first payment is sent at once, the others when the thieves would pay.</summary>
    public bool TryBegin(string scenario)
    {
        _scenarios.Enqueue(scenario);
        return TryDemand(1);
    }

    /// <summary>Takes a fraud that was asked for.</summary>
    public bool TryTakeScenario(out string scenario) => _scenarios.TryDequeue(out scenario!);

    /// <summary>Waits until something is asked for after the run's own end.</summary>
    public async Task WaitForDemandAsync(CancellationToken cancel)
    {
        while (Volatile.Read(ref _demand) == 0)
        {
            await _demanded.WaitAsync(cancel);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _demanded.Dispose();

    private static TaskCompletionSource Completed()
    {
        var source = new TaskCompletionSource();
        source.SetResult();
        return source;
    }
}
