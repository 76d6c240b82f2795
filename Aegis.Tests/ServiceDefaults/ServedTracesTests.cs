using System.Diagnostics;
using Aegis.ServiceDefaults;
using OpenTelemetry;
using OpenTelemetry.Trace;

namespace Aegis.Tests.ServiceDefaults;

public sealed class ServedTracesTests : IDisposable
{
    private readonly ActivitySource _source = new($"served-{Guid.NewGuid()}");
    private readonly TracerProvider _provider;

    public ServedTracesTests() =>
        _provider = Sdk.CreateTracerProviderBuilder().AddSource(_source.Name).SetSampler(new ParentBasedSampler(new ServedTraces()))
            .Build();

    public void Dispose()
    {
        _provider.Dispose();
        _source.Dispose();
    }

    [Theory]
    [InlineData(ActivityKind.Server, true)]
    [InlineData(ActivityKind.Consumer, true)]
    [InlineData(ActivityKind.Internal, true)]
    [InlineData(ActivityKind.Client, false)]
    public void Root_IsRecordedUnlessItAsksOthers(ActivityKind kind, bool isRecorded)
    {
        using var root = _source.StartActivity("root", kind);
        Assert.Equal(isRecorded, root?.Recorded ?? false);
    }

    [Theory]
    [InlineData(ActivityTraceFlags.Recorded, true)]
    [InlineData(ActivityTraceFlags.None, false)]
    public void CallWithinATrace_IsRecordedAsTheTraceIs(ActivityTraceFlags flags, bool isRecorded)
    {
        var parent = new ActivityContext(ActivityTraceId.CreateRandom(), ActivitySpanId.CreateRandom(), flags);
        using var call = _source.StartActivity("XADD", ActivityKind.Client, parent);
        Assert.Equal(isRecorded, call?.Recorded ?? false);
    }
}
