using System.Collections.Concurrent;
using System.Diagnostics;

namespace Aspire.Hosting.Processes;

/// <summary>Starts child processes so that Ctrl-C reaches them only through us and they never outlive us.</summary>
/// <remarks>
/// <c>setsid</c> takes a child out of the terminal's process group; <c>setpriv --pdeathsig</c> has the kernel end it when its parent
/// thread dies. It is the thread that counts, so one thread that lives as long as this process starts them all.
/// </remarks>
internal static class ProcessLauncher
{
    private static readonly BlockingCollection<Action> Work = [];
    private static readonly string[] Prefix = FindPrefix();

    static ProcessLauncher() => new Thread(() =>
    {
        foreach (var action in Work.GetConsumingEnumerable())
        {
            action();
        }
    })
    { IsBackground = true, Name = "process launcher" }.Start();

    /// <summary>Starts a process with redirected output.</summary>
    public static Task<Process> StartAsync(string file, IEnumerable<string> arguments, string folder, IReadOnlyDictionary<string, string> environment)
    {
        var info = new ProcessStartInfo { RedirectStandardOutput = true, RedirectStandardError = true, RedirectStandardInput = true, WorkingDirectory = folder };
        var command = Prefix.Append(file).Concat(arguments).ToList();
        info.FileName = command[0];
        command.Skip(1).ToList().ForEach(info.ArgumentList.Add);
        foreach (var (name, value) in environment)
        {
            info.Environment[name] = value;
        }

        var started = new TaskCompletionSource<Process>(TaskCreationOptions.RunContinuationsAsynchronously);
        Work.Add(() =>
        {
            try
            {
                var process = new Process { StartInfo = info, EnableRaisingEvents = true };
                process.Start();
                process.StandardInput.Close();
                started.SetResult(process);
            }
            catch (Exception e) when (e is System.ComponentModel.Win32Exception or InvalidOperationException)
            {
                started.SetException(new DistributedApplicationException($"'{file}' cannot be started: {e.Message}"));
            }
        });
        return started.Task;
    }

    private static string[] FindPrefix() => Find("setpriv") is { } setpriv && Find("setsid") is { } setsid ? [setpriv, "--pdeathsig", "TERM", setsid] : [];

    /// <summary>The path of a program; null where it is not installed.</summary>
    public static string? Find(string program) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Select(folder => Path.Combine(folder, program)).FirstOrDefault(File.Exists);
}
