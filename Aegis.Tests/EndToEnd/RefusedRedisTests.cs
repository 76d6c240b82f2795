using System.Diagnostics;
using Aegis.TestRig;
using Aegis.TestRig.Processes;
using Aegis.TestRig.Servers;
using Aegis.Tests.Streams;

namespace Aegis.Tests.EndToEnd;

/// <summary>The application as it is started, on a machine without a Redis that it could use: it ends at once, says why, and leaves
/// nothing.</summary>
public sealed class RefusedRedisTests(RedisFixture redis, TlsFixture tls)
    : IClassFixture<RedisFixture>, IClassFixture<TlsFixture>, IDisposable
{
    private const string Installation = "On Debian: sudo apt-get install redis-server";

    // PATH will hold nothing of it.
    private static readonly string DotnetPath = Path.GetFullPath(
        Path.Combine(System.Runtime.InteropServices.RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", "..", "dotnet"));

    private readonly string _folder = Repository.TemporaryFolder();

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("auto", "There is no Redis: neither redis-server nor valkey-server is installed, and no container runtime answers. "
        + Installation)]
    [InlineData("server", "--redis is 'server', but neither redis-server nor valkey-server is installed. " + Installation)]
    [InlineData("container", "--redis is 'container', but no container runtime answers ('docker version' and 'podman version' fail). Start one, or install redis-server.")]
    public async Task Up_WithNoServerAndADeadContainerRuntime_SaysWhatToInstall(string shape, string message)
    {
        File.CreateSymbolicLink(Path.Combine(_folder, "docker"), "/bin/false");
        Assert.Equal((1, $"aegis: {message}"), await UpAsync(shape));
    }

    [Fact]
    public async Task Up_OnARedisThatIsNotThere_SaysSo()
    {
        var port = Ports.Free();
        Assert.Equal((1,
            $"aegis: --redis: Redis at localhost:{port} cannot be reached: nothing listens there, or the network is in between."),
            await UpAsync($"localhost:{port}"));
    }

    [Theory]
    [InlineData("")]
    [InlineData(",password=wrong")]
    public async Task Up_OnARedisWithAnotherPassword_SaysSo(string login)
    {
        var address = redis.ConnectionString.Split(',')[0];
        Assert.Equal((1,
            $"aegis: --redis: Redis at {address} refuses the login: user or password of the connection string are wrong or missing."),
            await UpAsync($"{address}{login}"));
    }

    [Fact]
    public async Task Up_OnARedisThatWantsTls_SaysSo()
    {
        var address = $"127.0.0.1:{tls.TlsPort}";
        Assert.Equal(
            (1, $"aegis: --redis: What listens at {address} does not answer as a Redis does. If it wants TLS, add ssl=true to the connection string."), await UpAsync($"{address},{TlsFixture.User}"));
        var (exitCode, error) = await UpAsync($"{address},ssl=true,{TlsFixture.User}");
        Assert.Equal(1, exitCode);
        Assert.StartsWith($"aegis: --redis: Redis at {address} makes no TLS connection", error, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", error, StringComparison.Ordinal);
    }

    /// <summary>Starts it where nothing but the .NET runtime and what stands in the folder is installed.</summary>
    private async Task<(int ExitCode, string Error)> UpAsync(string redisShape)
    {
        var data = Path.Combine(_folder, "data");
        string[] arguments = [Programs.Path("Aegis.AppHost"), "--redis", redisShape, "--data", data, "--port-base", $"{Ports.Free(7)}"];
        var start = new ProcessStartInfo(DotnetPath, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["PATH"] = _folder;
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync(TestContext.Current.CancellationToken)
            .WaitAsync(TimeSpan.FromSeconds(60), TestContext.Current.CancellationToken);
        Assert.Equal("", await output);
        return (process.ExitCode, (await error).TrimEnd());
    }
}
