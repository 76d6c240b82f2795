using Aegis.Scoring;
using Aegis.Scoring.Volumes;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;

namespace Aegis.Tests.Scoring.Volumes;

public sealed class VolumeHealthCheckTests
{
    private readonly ScriptedVolumes _volumes = new();
    private readonly FakeTimeProvider _time = new();

    [Theory]
    [InlineData(512, 512, HealthStatus.Healthy)]
    [InlineData(511, 512, HealthStatus.Unhealthy)]
    [InlineData(64, 0, HealthStatus.Healthy)]
    [InlineData(0, 0, HealthStatus.Degraded)]
    public async Task Check_NamesTheVolumeAndWhatIsFree_InAnyState(double freeMiB, int reserveMiB, HealthStatus status)
    {
        _volumes["/data"] = freeMiB;
        var result = await CheckAsync(Watched(reserveMiB));
        Assert.Equal(status, result.Status);
        var free = freeMiB == 0 ? "0 bytes" : $"{freeMiB} MiB";
        Assert.Contains($"The volume /data, which holds the store, has {free} free", result.Description, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Check_OfAVolumeThatFills_IsDegradedHoursBeforePaymentsAreRefused()
    {
        var watched = Watched(reserveMiB: 512);
        for (var minute = 0; minute < 60; minute++)
        {
            _volumes["/data"] = 2_000 - (5 * minute);
            watched.Look();
            _time.Advance(TimeSpan.FromMinutes(1));
        }

        var result = await CheckAsync(watched);
        Assert.Equal(HealthStatus.Degraded, result.Status);
        Assert.Contains("512 MiB are left in 4.0 hours", result.Description, StringComparison.Ordinal);
    }

    private WatchedVolumes Watched(int reserveMiB) =>
        new(_volumes, Options.Create(new ScoringOptions { StorePath = "/data/aegis.db", ReserveMiB = reserveMiB }), _time);

    private static Task<HealthCheckResult> CheckAsync(WatchedVolumes watched)
    {
        watched.Look();
        return new VolumeHealthCheck(watched).CheckHealthAsync(new HealthCheckContext());
    }
}
