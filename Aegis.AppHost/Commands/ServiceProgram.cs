using System.Diagnostics;

namespace Aegis.AppHost.Commands;

/// <summary>Runs one of our programs once, beside the resource of the same project.</summary>
internal static class ServiceProgram
{
    /// <returns>The program's exit code and its output.</returns>
    /// <exception cref="OperationCanceledException">The caller cancelled; the program has been killed.</exception>
    public static async Task<(int ExitCode, string Output)> RunAsync<TProject>(IEnumerable<string> arguments, CancellationToken cancel)
        where TProject : IProjectMetadata, new()
    {
        var info = new ProcessStartInfo(
            "dotnet", ["run", "--project", new TProject().ProjectPath, "--no-build", "--configuration", Configuration,
            "--no-launch-profile", "--", .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var process = Process.Start(info)!;
        using var _ = cancel.Register(() => process.Kill(entireProcessTree: true));
        var output = process.StandardOutput.ReadToEndAsync(CancellationToken.None);
        var errors = process.StandardError.ReadToEndAsync(CancellationToken.None);
        await process.WaitForExitAsync(CancellationToken.None);
        cancel.ThrowIfCancellationRequested();
        return (process.ExitCode, $"{await output}{await errors}".Trim());
    }

    /// <summary>The configuration of this program's own build; the others were built with it.</summary>
    private static string Configuration { get; } =
        typeof(ServiceProgram).Assembly.GetCustomAttributes(typeof(System.Reflection.AssemblyConfigurationAttribute), inherit: false)
            .Cast<System.Reflection.AssemblyConfigurationAttribute>().Single().Configuration;
}
