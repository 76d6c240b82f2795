using System.Collections.Concurrent;

namespace Aegis.Producer;

/// <summary>What operators ask of a running producer, from any thread: pause, send more payments, start a fraud.</summary>
internal sealed class ProducerControl : IDisposable
{
    /// <summary>The most payments that operators may have asked for and the producer not yet sent.</summary>
    public const int MaxDemand = 100_000;

    private readonly ConcurrentQueue<string> _scenarios = new();
    private readonly SemaphoreSlim _demanded = new(0);
    private volatile TaskCompletionSource _running = Completed();
    private int _demand;

    /// <summary>True between <see cref="Pause"/> and <see cref="Resume"/>.</summary>
    public bool IsPaused => !_running.Task.IsCompleted;

    /// <summary>Stops sending.</summary>
    public void Pause()
    {
        if (!IsPaused)
        {
            _running = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        }
    }

    /// <summary>Continues sending.</summary>
    public void Resume() => _running.TrySetResult();

    /// <summary>Completes once the producer is not paused.</summary>
    public Task WhilePausedAsync(CancellationToken cancel) => _running.Task.WaitAsync(cancel);

    /// <summary>Asks for payments on top of the run's own, to be sent at once.</summary>
    /// <returns>False if more than <see cref="MaxDemand"/> payments would wait.</returns>
    public bool TryDemand(int payments)
    {
        if (!TryReserve(payments))
        {
            return false;
        }

        _demanded.Release();
        return true;
    }

    private bool TryReserve(int payments)
    {
        if (Interlocked.Add(ref _demand, payments) <= MaxDemand)
        {
            return true;
        }

        Interlocked.Add(ref _demand, -payments);
        return false;
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

    /// <summary>Asks for a fraud of a kind. The producer sends its first payment at once and the others when the
    /// thieves would pay.</summary>
    /// <returns>False if too many payments wait; then no fraud begins.</returns>
    public bool TryBegin(string scenario)
    {
        if (!TryReserve(1))
        {
            return false;
        }

        // Before anyone waiting is told: the payment that it is told of begins the fraud.
        _scenarios.Enqueue(scenario);
        _demanded.Release();
        return true;
    }

    /// <summary>Takes one fraud that an operator asked for.</summary>
    public bool TryTakeScenario(out string scenario) => _scenarios.TryDequeue(out scenario!);

    /// <summary>Waits after the run's end until an operator asks for a payment.</summary>
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
