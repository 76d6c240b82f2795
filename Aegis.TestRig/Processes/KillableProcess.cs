using System.Diagnostics;

namespace Aegis.TestRig.Processes;

/// <summary>One of our programs, which can be killed at any instruction and started again with the same settings.</summary>
internal sealed class KillableProcess : IAsyncDisposable
{
    private readonly ProcessStartInfo _start;
    private readonly TextWriter _log;
    private Process _process;

    /// <param name="project">The project of the program.</param>
    /// <param name="arguments">The program's arguments.</param>
    /// <param name="settings">The program's environment, <c>NAME=value</c>.</param>
    /// <param name="logPath">The file for its output.</param>
    public KillableProcess(string project, IEnumerable<string> arguments, IEnumerable<string> settings, string logPath)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(logPath)!);
        _log = TextWriter.Synchronized(new StreamWriter(logPath, append: true) { AutoFlush = true });
        _start = new ProcessStartInfo("dotnet", [Programs.Path(project), .. arguments])
            { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var setting in settings)
        {
            var separator = setting.IndexOf('=', StringComparison.Ordinal);
            _start.Environment[setting[..separator]] = setting[(separator + 1)..];
        }

        _process = Launch();
    }

    /// <summary>True once the process has ended.</summary>
    public bool HasExited => _process.HasExited;

    /// <summary>Kills the process (SIGKILL).</summary>
    public async Task KillAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
        }

        await _process.WaitForExitAsync();
    }

    /// <summary>Kills the process (SIGKILL) and starts it again.</summary>
    public async Task KillAndRestartAsync()
    {
        await KillAsync();
        _process.Dispose();
        _process = Launch();
    }

    /// <summary>Asks the process to stop (SIGTERM) and waits.</summary>
    public async Task StopAsync()
    {
        if (!_process.HasExited)
        {
            await SignalAsync("TERM");
        }

        await _process.WaitForExitAsync();
    }

    /// <summary>Sends the process a signal, for example STOP or CONT.</summary>
    public async Task SignalAsync(string signal)
    {
        using var kill = Process.Start("kill", [$"-{signal}", $"{_process.Id}"]);
        await kill.WaitForExitAsync();
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await KillAsync();
        _process.Dispose();
        await _log.DisposeAsync();
    }

    private Process Launch()
    {
        var process = Process.Start(_start)!;
        process.OutputDataReceived += (_, line) => _log.WriteLine(line.Data);
        process.ErrorDataReceived += (_, line) => _log.WriteLine(line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return process;
    }
}
