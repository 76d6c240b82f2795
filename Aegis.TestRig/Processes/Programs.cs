using System.Diagnostics;

namespace Aegis.TestRig.Processes;

/// <summary>The solution's programs, as they were built.</summary>
internal static class Programs
{
    /// <summary>The DLL of a project.</summary>
    public static string Path(string project)
    {
        // ROOT/PROJECT/bin/CONFIGURATION/FRAMEWORK/
        var output = new DirectoryInfo(AppContext.BaseDirectory.TrimEnd('/'));
        var root = output.Parent!.Parent!.Parent!.Parent!.FullName;
        var path = System.IO.Path.Combine(root, project, "bin", output.Parent.Name, output.Name, $"{project}.dll");
        return File.Exists(path)
            ? path
            : throw new FileNotFoundException($"{project} has not been built at '{path}'; run ./aegis bench, which builds it.");
    }

    /// <summary>Runs a program to its end.</summary>
    public static async Task RunAsync(string project, params string[] arguments)
    {
        using var process = Process.Start(
            new ProcessStartInfo("dotnet", [Path(project), .. arguments]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        if (process.ExitCode != 0)
        {
            throw new InvalidOperationException(
                $"{project} {string.Join(' ', arguments)} ended with {process.ExitCode}: {await output} {await errors}");
        }
    }
}
