using System.Runtime.InteropServices;

namespace Aspire.Hosting.Processes;

/// <summary>POSIX signals to children.</summary>
internal static partial class Signals
{
    private const int Terminate = 15;

    /// <summary>Asks a process to end.</summary>
    public static void RequestStop(int processId) => _ = Kill(processId, Terminate);

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int Kill(int processId, int signal);
}
