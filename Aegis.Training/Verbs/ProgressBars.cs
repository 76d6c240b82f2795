using Aegis.MachineLearning.Bundles;
using Spectre.Console;

namespace Aegis.Training.Verbs;

/// <summary>Progress bars on a terminal; a line per finished step where the output is a pipe.</summary>
internal static class ProgressBars
{
    /// <summary>Shows how far the work has come, and returns what it returns.</summary>
    public static T Run<T>(Func<IProgress<TrainingProgress>, T> work) => Console.IsOutputRedirected
        ? work(new Lines())
        : AnsiConsole.Progress().Start(context => work(new Bars(context)));

    private sealed class Bars(ProgressContext context) : IProgress<TrainingProgress>
    {
        private readonly Dictionary<string, ProgressTask> _tasks = [];

        public void Report(TrainingProgress value)
        {
            lock (_tasks)
            {
                if (!_tasks.TryGetValue(value.Step, out var task))
                {
                    _tasks[value.Step] = task = context.AddTask(value.Step);
                }

                task.Value = Math.Max(task.Value, 100 * value.Share);
            }
        }
    }

    private sealed class Lines : IProgress<TrainingProgress>
    {
        private readonly HashSet<string> _seen = [];

        public void Report(TrainingProgress value)
        {
            lock (_seen)
            {
                if (_seen.Add(value.Step))
                {
                    Console.WriteLine($"{value.Step} ...");
                }
            }
        }
    }
}
