using Aegis.Producer;

namespace Aegis.Tests.Producer;

public sealed class ProducerControlTests : IDisposable
{
    private readonly ProducerControl _control = new();

    public void Dispose() => _control.Dispose();

    [Fact]
    public async Task Pause_HoldsUntilResume()
    {
        Assert.False(_control.IsPaused);
        Assert.True(_control.WhilePausedAsync(CancellationToken.None).IsCompleted);
        _control.Resume();
        Assert.False(_control.IsPaused);
        _control.Pause();
        var waiting = _control.WhilePausedAsync(CancellationToken.None);
        _control.Pause();
        Assert.True(_control.IsPaused);
        Assert.False(waiting.IsCompleted);
        _control.Resume();
        // Whoever waited since the first pause goes on too.
        await waiting.WaitAsync(TimeSpan.FromSeconds(10));
        Assert.False(_control.IsPaused);
    }

    [Fact]
    public async Task WhilePausedAsync_Cancelled_Ends()
    {
        _control.Pause();
        using var cancel = new CancellationTokenSource();
        var waiting = _control.WhilePausedAsync(cancel.Token);
        cancel.Cancel();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
        Assert.True(_control.IsPaused);
    }

    [Fact]
    public void TryDemand_TakesUpToAHundredThousand()
    {
        Assert.Equal(100_000, ProducerControl.MaxDemand);
        Assert.True(_control.TryDemand(99_999));
        Assert.False(_control.TryDemand(2));
        Assert.True(_control.TryDemand(1));
        Assert.False(_control.TryDemand(1));
        Assert.True(_control.TryTakeDemand());
        Assert.True(_control.TryDemand(1));
        var taken = 0;
        while (_control.TryTakeDemand())
        {
            taken++;
        }

        Assert.Equal(100_000, taken);
    }

    [Fact]
    public void TryBegin_AsksForOnePaymentOfEachScenarioInTheirOrder()
    {
        Assert.False(_control.TryTakeDemand());
        Assert.False(_control.TryTakeScenario(out _));
        Assert.True(_control.TryBegin("a") && _control.TryBegin("b"));
        Assert.True(_control.TryTakeDemand());
        Assert.True(_control.TryTakeScenario(out var first) && first == "a");
        Assert.True(_control.TryTakeScenario(out var second) && second == "b");
        Assert.False(_control.TryTakeScenario(out _));
        Assert.True(_control.TryTakeDemand());
        Assert.False(_control.TryTakeDemand());
    }

    [Fact]
    public async Task WaitForDemandAsync_EndsWhereSomethingIsAskedForAndNotTaken()
    {
        // Taken before anybody waited: it wakes nobody.
        Assert.True(_control.TryDemand(1) && _control.TryTakeDemand());
        var waiting = _control.WaitForDemandAsync(CancellationToken.None);
        await Task.Yield();
        Assert.False(waiting.IsCompleted);
        Assert.True(_control.TryDemand(3));
        await waiting.WaitAsync(TimeSpan.FromSeconds(10));
        Assert.True(_control.WaitForDemandAsync(CancellationToken.None).IsCompleted);
        using var cancel = new CancellationTokenSource();
        Assert.True(_control.TryTakeDemand() && _control.TryTakeDemand() && _control.TryTakeDemand());
        var another = _control.WaitForDemandAsync(cancel.Token);
        cancel.Cancel();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => another);
    }
}
