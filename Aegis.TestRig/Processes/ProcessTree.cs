namespace Aegis.TestRig.Processes;

/// <summary>Tells which process started which, from /proc.</summary>
internal static class ProcessTree
{
    /// <summary>The last process of a chain in which each started the next. For <c>dotnet run</c> it is the program itself.</summary>
    public static int LastOf(int process) => ChildrenOf(process) is [var child, ..] ? LastOf(child) : process;

    private static List<int> ChildrenOf(int parent) =>
        [.. Directory.EnumerateDirectories("/proc").Select(path => path[6..]).Where(name => name.All(char.IsAsciiDigit)).Select(int.Parse)
            .Where(process => ParentOf(process) == parent)];

    // 4711 (a name) S 4700 ...
    private static int ParentOf(int process)
    {
        try
        {
            var text = File.ReadAllText($"/proc/{process}/stat");
            return int.Parse(text[(text.LastIndexOf(')') + 1)..].Split(' ', StringSplitOptions.RemoveEmptyEntries)[1]);
        }
        catch (IOException)
        {
            return 0;
        }
    }
}
