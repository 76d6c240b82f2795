using Aegis.ServiceDefaults;
using Microsoft.Extensions.Time.Testing;

namespace Aegis.Tests.ServiceDefaults;

public sealed class RetriesTests
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(2);

    private readonly FakeTimeProvider _time = new();
    private readonly List<string> _heard = [];
    private int _tries;

    [Fact]
    public async Task Endless_OfAFailureThatPasses_TriesAgainAfterEachPauseUntilItWorks()
    {
        var result = RunAsync(new IOException("full"), worksAt: 4, CancellationToken.None);
        for (var tries = 1; tries < 4; tries++)
        {
            Assert.Equal(tries, _tries);
            _time.Advance(Pause - TimeSpan.FromMilliseconds(1));
            Assert.Equal(tries, _tries);
            _time.Advance(TimeSpan.FromMilliseconds(1));
            await TriedAsync(tries + 1);
        }

        Assert.Equal("done", await result);
        Assert.Equal(["full", "full", "full"], _heard);
    }

    [Fact]
    public async Task Endless_OfAnotherFailure_FailsAtOnce()
    {
        await Assert.ThrowsAsync<InvalidOperationException>(
            () => RunAsync(new InvalidOperationException("no"), worksAt: 2, CancellationToken.None));
        Assert.Equal(1, _tries);
        Assert.Empty(_heard);
    }

    [Fact]
    public async Task Endless_ThatIsCancelledInAPause_EndsAtOnce()
    {
        using var stopping = new CancellationTokenSource();
        var result = RunAsync(new IOException("full"), worksAt: int.MaxValue, stopping.Token);
        await stopping.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => result);
        Assert.Equal(1, _tries);
    }

    private async Task<string> RunAsync(Exception fault, int worksAt, CancellationToken cancel) =>
        await Retries.Endless("test", Pause, _time, e => e is IOException, e => _heard.Add(e.Message))
            .ExecuteAsync(_ => ++_tries < worksAt ? throw fault : ValueTask.FromResult("done"), cancel);

    /// <summary>The next try runs as soon as its pause is over, on a thread of its own.</summary>
    private async Task TriedAsync(int tries)
    {
        for (var started = TimeProvider.System.GetTimestamp(); Volatile.Read(ref _tries) < tries; await Task.Yield())
        {
            Assert.True(TimeProvider.System.GetElapsedTime(started).TotalSeconds < 10);
        }
    }
}
