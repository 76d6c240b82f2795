using Aegis.AppHost.Supervision;
using Microsoft.Extensions.Time.Testing;

namespace Aegis.Tests.EndToEnd;

public sealed class SpaceWaitTests : IDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(20);

    private readonly ScriptedVolumes _volumes = new();
    private readonly FakeTimeProvider _time = new();
    private readonly StringWriter _console = new();
    private readonly SpaceWait _wait;

    public SpaceWaitTests() => _wait = new SpaceWait(_volumes, _time, _console);

    public void Dispose() => _console.Dispose();

    [Theory]
    [InlineData(64.0)]
    [InlineData(null)]
    public async Task Wait_WithEnoughSpaceOrOnAnUnknownVolume_IsOverAtOnceAndSaysNothing(double? freeMiB)
    {
        _volumes["/data"] = freeMiB;
        Assert.False(await _wait.WaitAsync("redis", "/data/redis", CancellationToken.None));
        Assert.Empty(_console.ToString());
    }

    [Fact]
    public async Task Wait_OnAFullVolume_LastsForHoursUntilThereIsSpace_AndSaysSoOnceEach()
    {
        _volumes["/data"] = 0.5;
        var waiting = _wait.WaitAsync("redis", "/data/redis", CancellationToken.None);
        for (var minute = 0; minute < 180; minute++)
        {
            _time.Advance(TimeSpan.FromMinutes(1));
            Assert.False(waiting.IsCompleted);
        }

        _volumes["/data"] = 63.9;
        _time.Advance(TimeSpan.FromMinutes(1));
        Assert.False(waiting.IsCompleted);
        _volumes["/data"] = 100;
        Assert.True(await EndOf(waiting));
        Assert.Equal(
            """
              'redis' has ended and waits for space: the volume /data has 512 KiB free, and 64 MiB are needed for /data/redis
              'redis' is started again: the volume /data has 100 MiB free

            """, _console.ToString());
    }

    [Fact]
    public async Task Wait_ForAVolumeThatIsTakenAway_Ends()
    {
        _volumes["/data"] = 1;
        var waiting = _wait.WaitAsync("redis", "/data/redis", CancellationToken.None);
        _volumes["/data"] = null;
        Assert.True(await EndOf(waiting));
        Assert.EndsWith("'redis' is started again: the volume of /data/redis is gone\n", _console.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Wait_EndsWithTheRun()
    {
        _volumes["/data"] = 1;
        using var stopping = new CancellationTokenSource();
        var waiting = _wait.WaitAsync("redis", "/data/redis", stopping.Token);
        await stopping.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting.WaitAsync(Limit));
    }

    /// <summary>Lets time pass until the wait is over.</summary>
    private async Task<bool> EndOf(Task<bool> waiting)
    {
        for (var started = TimeProvider.System.GetTimestamp(); !waiting.IsCompleted; await Task.Yield())
        {
            Assert.True(TimeProvider.System.GetElapsedTime(started) < Limit, "The wait does not end.");
            _time.Advance(TimeSpan.FromSeconds(1));
        }

        return await waiting;
    }
}
