using System.Diagnostics;
using Aspire.Hosting.Processes;
using Microsoft.Extensions.Configuration;

namespace Aspire.Hosting;

/// <summary>The real Aspire dashboard, from the Aspire CLI where npm has installed it.</summary>
internal sealed class AspireDashboard
{
    private readonly string _program;
    private readonly string _grpcUrl;
    private readonly string _httpUrl;
    private Process? _process;

    private AspireDashboard(string program, IConfiguration configuration)
    {
        _program = program;
        Url = configuration["ASPNETCORE_URLS"] ?? "http://localhost:18888";
        _grpcUrl = configuration["ASPIRE_DASHBOARD_OTLP_ENDPOINT_URL"] ?? "http://localhost:4317";
        _httpUrl = configuration["ASPIRE_DASHBOARD_OTLP_HTTP_ENDPOINT_URL"] ?? "http://localhost:4318";
    }

    /// <summary>Its page.</summary>
    public string Url { get; }

    /// <summary>Where services send telemetry.</summary>
    public string OtlpEndpoint => _grpcUrl;

    /// <summary>Ports it will take.</summary>
    public IEnumerable<int> Ports => new[] { Url, _grpcUrl, _httpUrl }.Select(url => new Uri(url).Port);

    /// <summary>Null where the CLI is not installed.</summary>
    public static AspireDashboard? Find(string appHostDirectory, IConfiguration configuration)
    {
        var program = Path.GetFullPath(Path.Combine(appHostDirectory, "..", "node_modules", "@microsoft", "aspire-cli-linux-x64", "bin", "aspire"));
        return File.Exists(program) ? new AspireDashboard(program, configuration) : null;
    }

    public async Task StartAsync(ResourceLog log)
    {
        var environment = new Dictionary<string, string> { ["ASPIRE_CLI_TELEMETRY_OPTOUT"] = "true", ["NO_COLOR"] = "1" };
        _process = await ProcessLauncher.StartAsync(
            _program,
            ["dashboard", "run", "--allow-anonymous", "--non-interactive", "--nologo", "--frontend-url", Url, "--otlp-grpc-url", _grpcUrl, "--otlp-http-url", _httpUrl],
            Environment.CurrentDirectory, environment);
        _ = CopyErrors(_process, log);
    }

    public async Task StopAsync()
    {
        if (_process is not { HasExited: false } process)
        {
            return;
        }

        Signals.RequestStop(process.Id);
        try
        {
            await process.WaitForExitAsync().WaitAsync(TimeSpan.FromSeconds(5));
        }
        catch (TimeoutException)
        {
            process.Kill(entireProcessTree: true);
        }
    }

    // Its output is chatter for a terminal; only what it complains of is worth a line.
    private static async Task CopyErrors(Process process, ResourceLog log)
    {
        _ = process.StandardOutput.ReadToEndAsync();
        while (await process.StandardError.ReadLineAsync() is { } line)
        {
            log.Write("aspire", line);
        }
    }
}
