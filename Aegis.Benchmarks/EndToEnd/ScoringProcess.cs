using System.Diagnostics;
using System.Net.Http.Json;
using System.Text.Json;
using Aegis.Streams;

namespace Aegis.Benchmarks.EndToEnd;

/// <summary>A scoring service as it runs in earnest, in a process and a folder of its own.</summary>
internal sealed class ScoringProcess : IAsyncDisposable
{
    private readonly ProcessStartInfo _start;
    private Process _process;

    private ScoringProcess(ProcessStartInfo start, string url)
    {
        _start = start;
        _process = Process.Start(start)!;
        Http = new HttpClient(new SocketsHttpHandler()) { BaseAddress = new Uri(url), Timeout = TimeSpan.FromSeconds(30) };
    }

    /// <summary>Its API.</summary>
    public HttpClient Http { get; }

    /// <summary>Its process.</summary>
    public int ProcessId => _process.Id;

    /// <summary>Starts one.</summary>
    /// <param name="redis">The log.</param>
    /// <param name="folder">Where the store lies.</param>
    /// <param name="model">The bundle.</param>
    /// <param name="settings">Further settings, for example <c>Scoring__Instance=b</c>.</param>
    public static ScoringProcess Start(PrivateRedis redis, string folder, string model, params string[] settings)
    {
        Directory.CreateDirectory(folder);
        var url = $"http://localhost:{Ports.Free()}";
        var start = new ProcessStartInfo("dotnet", [Programs.Path("Aegis.Scoring")]) { RedirectStandardOutput = true, RedirectStandardError = true };
        string[] all =
        [
            $"ASPNETCORE_URLS={url}", $"ConnectionStrings__redis={redis.ConnectionString}", $"Scoring__StorePath={Path.Combine(folder, "aegis.db")}", $"Scoring__ModelPath={model}",
            $"Scoring__TokenKeyPath={Path.Combine(folder, "token.key")}", "Logging__LogLevel__Default=Warning", .. settings,
        ];
        foreach (var setting in all)
        {
            var (name, value) = setting.Split('=', 2) is [var n, var v] ? (n, v) : (setting, "");
            start.Environment[name] = value;
        }

        var scoring = new ScoringProcess(start, url);
        scoring.Drain(Path.Combine(folder, "scoring.log"));
        return scoring;
    }

    /// <summary>Kills it (SIGKILL) and starts it again on its folder.</summary>
    public async Task KillAndRestartAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
        _process = Process.Start(_start)!;
        Drain(Path.Combine(Path.GetDirectoryName(_start.Environment["Scoring__StorePath"])!, "scoring.log"));
    }

    /// <summary>Waits until it is healthy.</summary>
    public async Task HealthyAsync(TimeSpan limit)
    {
        for (var started = Stopwatch.GetTimestamp(); ; await Task.Delay(50))
        {
            try
            {
                if ((await Http.GetAsync("/health")).IsSuccessStatusCode)
                {
                    return;
                }
            }
            catch (HttpRequestException)
            {
                // Not listening yet.
            }

            if (_process.HasExited || Stopwatch.GetElapsedTime(started) > limit)
            {
                throw new InvalidOperationException($"The scoring service is not healthy after {limit}; see {_start.Environment["Scoring__StorePath"]}, scoring.log.");
            }
        }
    }

    /// <summary>Its statistics; null while it cannot be reached.</summary>
    public async Task<Statistics?> StatisticsAsync()
    {
        try
        {
            return await Http.GetFromJsonAsync<Statistics>("/statistics", AegisJson.Options);
        }
        catch (HttpRequestException)
        {
            return null;
        }
    }

    /// <summary>A JSON document of the API.</summary>
    public async Task<JsonElement> GetAsync(string path) => await Http.GetFromJsonAsync<JsonElement>(path, AegisJson.Options);

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        if (!_process.HasExited)
        {
            _process.Kill();
            await _process.WaitForExitAsync();
        }

        _process.Dispose();
    }

    private void Drain(string path)
    {
        var log = TextWriter.Synchronized(new StreamWriter(path, append: true) { AutoFlush = true });
        _process.OutputDataReceived += (_, line) => log.WriteLine(line.Data);
        _process.ErrorDataReceived += (_, line) => log.WriteLine(line.Data);
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }
}

/// <summary>The solution's programs as they were built.</summary>
internal static class Programs
{
    /// <summary>The DLL of a project.</summary>
    public static string Path(string project)
    {
        // .../Aegis.Benchmarks/bin/Release/net10.0/
        var output = AppContext.BaseDirectory.TrimEnd('/');
        var root = System.IO.Path.GetFullPath(System.IO.Path.Combine(output, "../../../.."));
        var path = System.IO.Path.Combine(root, project, System.IO.Path.GetRelativePath(System.IO.Path.Combine(root, "Aegis.Benchmarks"), output), $"{project}.dll");
        return File.Exists(path) ? path : throw new FileNotFoundException($"{project} has not been built at '{path}'; run ./aegis bench, which builds it.");
    }

    /// <summary>Runs one to its end.</summary>
    public static async Task RunAsync(string project, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo("dotnet", [Path(project), .. arguments]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        if (process.ExitCode != 0)
        {
            throw new InvalidOperationException($"{project} {string.Join(' ', arguments)} ended with {process.ExitCode}: {await output} {await errors}");
        }
    }
}
