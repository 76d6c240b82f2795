using System.Diagnostics;
using System.Net.Http;
using System.Net.Sockets;
using System.Text;
using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting.Processes;

/// <summary>Runs one resource: waits for what it needs, starts it, watches its health, restarts it when it crashes.</summary>
internal sealed class ResourceRunner(ProcessResource resource, int replica, DistributedApplicationBuilder builder, string? otlpEndpoint, ResourceLog log, HttpClient http) : IDisposable
{
    /// <summary>An exit code by which a program says that its input is wrong; trying again would not help.</summary>
    private const int UsageError = 1;
    private const int MostRestarts = 10;
    private static readonly TimeSpan StopTimeout = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan HealthInterval = TimeSpan.FromMilliseconds(100);

    private readonly TaskCompletionSource _healthy = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource<int> _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly CancellationTokenSource _stopping = new();
    private Process? _process;

    /// <summary>The resource.</summary>
    public ProcessResource Resource { get; } = resource;

    /// <summary>Name, with the replica's number where there are several.</summary>
    public string Name { get; } = resource.Replicas > 1 ? $"{resource.Name}-{replica}" : resource.Name;

    /// <summary>Completes once the resource has been healthy.</summary>
    public Task Healthy => _healthy.Task;

    /// <summary>Completes with the exit code once the resource has ended for good.</summary>
    public Task<int> Ended => _ended.Task;

    /// <summary>The process that runs now; null between runs.</summary>
    public int? ProcessId => _process is { HasExited: false } process ? process.Id : null;

    /// <summary>Runs until it ends for good or is stopped.</summary>
    public async Task RunAsync(Func<ProcessResource, IReadOnlyList<ResourceRunner>> runnersOf)
    {
        try
        {
            foreach (var (dependency, isForCompletion, exitCode) in Resource.Waits)
            {
                foreach (var runner in runnersOf(dependency))
                {
                    await runner.WaitAsync(isForCompletion, exitCode, _stopping.Token);
                }
            }

            _ended.TrySetResult(await RunWithRestartsAsync());
        }
        catch (OperationCanceledException)
        {
            _ended.TrySetResult(0);
        }
        catch (DistributedApplicationException e)
        {
            log.Write(Name, e.Message);
            _healthy.TrySetException(e);
            _ended.TrySetException(e);
        }
    }

    /// <summary>Asks the process to end, and kills it where it does not.</summary>
    public async Task StopAsync()
    {
        await _stopping.CancelAsync();
        if (_process is not { HasExited: false } process)
        {
            return;
        }

        Signals.RequestStop(process.Id);
        try
        {
            await process.WaitForExitAsync().WaitAsync(StopTimeout);
        }
        catch (TimeoutException)
        {
            log.Write(Name, $"did not end within {StopTimeout.TotalSeconds:N0} s and is killed");
            process.Kill(entireProcessTree: true);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _stopping.Dispose();

    private async Task WaitAsync(bool isForCompletion, int exitCode, CancellationToken cancel)
    {
        if (!isForCompletion)
        {
            await Healthy.WaitAsync(cancel);
            return;
        }

        var ended = await Ended.WaitAsync(cancel);
        if (ended != exitCode)
        {
            throw new DistributedApplicationException($"'{Name}' ended with exit code {ended}; what waits for it cannot start.");
        }
    }

    private async Task<int> RunWithRestartsAsync()
    {
        var pause = TimeSpan.FromMilliseconds(500);
        for (var restarts = 0; ; restarts++)
        {
            var started = Stopwatch.GetTimestamp();
            var exitCode = await RunOnceAsync();
            // A program that listens is not meant to end, whatever its exit code says.
            var isDone = Resource.Endpoints.Count == 0 && (exitCode is 0 or UsageError);
            if (_stopping.IsCancellationRequested || isDone)
            {
                if (isDone && exitCode == UsageError)
                {
                    log.Write(Name, "ended with an error; see above");
                }

                return exitCode;
            }

            if (Stopwatch.GetElapsedTime(started) > TimeSpan.FromSeconds(30))
            {
                (restarts, pause) = (0, TimeSpan.FromMilliseconds(500));
            }

            if (restarts == MostRestarts)
            {
                log.Write(Name, $"ended with exit code {exitCode} and has been restarted {MostRestarts} times; it stays down");
                return exitCode;
            }

            log.Write(Name, $"ended with exit code {exitCode}; restarting in {pause.TotalSeconds:N1} s");
            await Task.Delay(pause, _stopping.Token);
            pause = pause * 2 < TimeSpan.FromSeconds(10) ? pause * 2 : TimeSpan.FromSeconds(10);
        }
    }

    private async Task<int> RunOnceAsync()
    {
        var command = ResourceCommand.Of(Resource, replica, builder, otlpEndpoint);
        _stopping.Token.ThrowIfCancellationRequested();
        var process = await ProcessLauncher.StartAsync(command.File, command.Arguments, command.Folder, command.Environment);
        _process = process;
        if (_stopping.IsCancellationRequested)
        {
            Signals.RequestStop(process.Id);
        }

        var output = Task.WhenAll(Copy(process.StandardOutput), Copy(process.StandardError));
        var watching = WatchHealthAsync(process);
        await process.WaitForExitAsync();
        await Task.WhenAll(output, watching);
        return process.ExitCode;
    }

    private async Task Copy(StreamReader lines)
    {
        while (await lines.ReadLineAsync() is { } line)
        {
            log.Write(Name, line);
        }
    }

    private async Task WatchHealthAsync(Process process)
    {
        while (!process.HasExited && !_stopping.IsCancellationRequested)
        {
            if (await IsHealthyAsync())
            {
                _healthy.TrySetResult();
                return;
            }

            await Task.Delay(HealthInterval);
        }
    }

    private async Task<bool> IsHealthyAsync()
    {
        try
        {
            if (Resource is RedisResource redis)
            {
                return await AnswersPingAsync(redis);
            }

            if (Resource.HealthPath is not { } path)
            {
                return true;
            }

            using var timeout = new CancellationTokenSource(TimeSpan.FromSeconds(5));
            using var response = await http.GetAsync(new Uri($"http://localhost:{Resource.Endpoints[0].PortOf(replica)}{path}"), timeout.Token);
            return response.IsSuccessStatusCode;
        }
        catch (Exception e) when (e is HttpRequestException or OperationCanceledException or SocketException or IOException)
        {
            return false;
        }
    }

    private static async Task<bool> AnswersPingAsync(RedisResource redis)
    {
        using var client = new TcpClient();
        await client.ConnectAsync("localhost", redis.Port);
        var stream = client.GetStream();
        await stream.WriteAsync(Encoding.ASCII.GetBytes($"AUTH {redis.Password.Value()}\r\nPING\r\n"));
        using var reader = new StreamReader(stream);
        return await reader.ReadLineAsync() == "+OK" && await reader.ReadLineAsync() == "+PONG";
    }
}
